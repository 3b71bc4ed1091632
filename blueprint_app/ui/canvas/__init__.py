"""The graph: one painted surface with its minimap, legend and zoom buttons."""

from blueprint_app.ui.canvas.camera import CanvasView
from blueprint_app.ui.canvas.canvas import GraphCanvas
from blueprint_app.ui.canvas.inferred_mark import InferredMark
from blueprint_app.ui.canvas.legend import Legend
from blueprint_app.ui.canvas.minimap import Minimap
from blueprint_app.ui.canvas.scene import Scene, empty_scene, recoloured, scene_of
from blueprint_app.ui.canvas.zoom_buttons import ZoomButtons

__all__ = [
    "CanvasView",
    "GraphCanvas",
    "InferredMark",
    "Legend",
    "Minimap",
    "Scene",
    "ZoomButtons",
    "empty_scene",
    "recoloured",
    "scene_of",
]
