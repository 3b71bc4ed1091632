"""The report: one HTML file that shows a project to everybody, with nothing loaded from anywhere."""

from blueprint_app.export.report.report import ReportInput, report_as_html

__all__ = ["ReportInput", "report_as_html"]
