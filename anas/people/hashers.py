from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2id(Argon2PasswordHasher):
    """Argon2id with 19 MiB, 2 passes and 1 lane: what OWASP names for servers with little memory."""

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1
