"""What a dispute is called: causes of action of the courts' official list, and dispute types of the justice statistics.

``causes.csv`` holds the causes that mediation meets, with their official numbers; the whole list can be imported.
``types.csv`` holds the types of ST-01 and, below them, local ones that a centre may change. Codes are never deleted.
"""
