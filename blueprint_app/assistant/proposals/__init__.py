"""A model's proposal to split a node: read with suspicion, shown as ghosts in the graph and as a change to the TeX."""

from blueprint_app.assistant.proposals.change import split_change, split_edits
from blueprint_app.assistant.proposals.ghosts import GhostEdge, GhostNode, Ghosts, ghosts_of
from blueprint_app.assistant.proposals.reading import Proposal, ProposedNode, proposal_from

__all__ = [
    "GhostEdge",
    "GhostNode",
    "Ghosts",
    "Proposal",
    "ProposedNode",
    "ghosts_of",
    "proposal_from",
    "split_change",
    "split_edits",
]
