"""Passwords of invented people."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class QuickArgon2(Argon2PasswordHasher):
    """The hall's own way of keeping passwords with little memory and one round: a run makes thousands of them."""

    time_cost = 1
    memory_cost = 64
    parallelism = 1
