"""Synthetic documents for training and evaluation: many classes, languages and layouts, with exact places of every value."""
from .document import generate, generate_with_truth

__all__ = ['generate', 'generate_with_truth']
