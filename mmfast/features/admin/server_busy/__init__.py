"""The administrator's word that the server has too much to do: until a time, it refuses what is not essential.

Which operations those are is said where each is declared (`busy_refuses`).
"""
