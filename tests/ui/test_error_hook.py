"""Errors of the app itself: one line for people, all of it in the report."""

from blueprint_app.ui import error_hook


def test_a_long_error_is_told_in_one_line_and_reported_whole():
    told = []
    stop = error_hook.listen(lambda message, report: told.append((message, report)))
    error = RuntimeError("\n   It failed here.\n\n   Many lines follow.\n")
    error_hook.report(error)
    stop()
    ((message, report),) = told
    assert message == "Something went wrong inside the app: RuntimeError: It failed here."
    assert "Many lines follow." in report
    assert error_hook.as_blueprint_error(error).what_happened == "The app itself failed here: It failed here."


def test_an_error_without_words_says_so():
    assert "no more is known" in str(error_hook.as_blueprint_error(ValueError()))
