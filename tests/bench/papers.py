"""`make bench ARGS=papers`: how fast certificates are made, alone beside bare WeasyPrint and by the thousand in the
background, and whether each is there once after the processes were killed and the batch was stopped and begun again.

A certificate that is missing or there twice is wrong; slowness is only shown.
"""

from tests.bench import servers
from tests.bench.field import folder
from tests.postgres import Server

INSIDE = "tests.bench.papering"


def run(number: int) -> list[str]:
    """Prints what it measures; answers with what was wrong."""
    with Server(durable=True) as server, folder() as data:
        env = servers.environment(data, server.url)
        servers.inside(INSIDE, "play", number, env=env)
        speed = servers.inside(INSIDE, "alone", env=env)
        print(f"a certificate: {speed['ours']:.0f} ms, with bare WeasyPrint {speed['bare']:.0f} ms,", end=" ")
        print(f"ratio {speed['ratio']:.2f} (target: at most 1.2){'' if speed['ratio'] <= 1.2 else ' missed'}")
        made = servers.inside(INSIDE, "background", env=env)
        print(f"{made['number']} certificates with {made['processes']} processes: {made['seconds']:.1f} s,", end=" ")
        print(f"that is {made['thousand']:.1f} s for 1,000 (target: under 15), ", end="")
        print(f"{made['megabytes']:.0f} MB per process (target: under 300)")
        return made["wrong"]
