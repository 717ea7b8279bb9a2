# The worklist.
