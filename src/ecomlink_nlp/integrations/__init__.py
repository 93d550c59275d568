"""The pipeline in engines that spread work over machines: one Arrow function, and what Spark and Ray need around it."""
