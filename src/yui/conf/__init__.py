"""Settings, addresses and the command line; whatever starts Yui passes through here first."""

import os

# The matrices of Yui are tiny. OpenBLAS would let a thread per core spin over each of them, which makes a
# forecast ten times as expensive; it reads this once, before numpy is there.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
