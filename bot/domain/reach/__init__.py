"""The rules of `/reach`: how somebody wants to be reached, and what of it holds now."""
