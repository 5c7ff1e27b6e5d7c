"""Figures for administrators: how many there are of what, now and by day, in the whole server or in one team."""
