"""Quyền: accounts, what a post lets its holder do in which part of the tree, delegation."""
