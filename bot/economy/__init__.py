"""Money: amounts, periods, limits, prices and what a spend touches."""
