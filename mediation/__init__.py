"""Yichuang 一窗: one window in front takes in every dispute of a county, the back office disposes of it."""
