"""The graph: one painted surface with its minimap, legend and zoom buttons."""

from blueprint_app.ui.canvas.beside.inferred_mark import InferredMark
from blueprint_app.ui.canvas.beside.legend import Legend
from blueprint_app.ui.canvas.beside.minimap import Minimap
from blueprint_app.ui.canvas.beside.zoom_buttons import ZoomButtons
from blueprint_app.ui.canvas.canvas import GraphCanvas
from blueprint_app.ui.canvas.moving.camera import CanvasView
from blueprint_app.ui.canvas.scene import Scene, empty_scene, recoloured, scene_of

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
