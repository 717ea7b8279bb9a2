# The gate and its decisions.
