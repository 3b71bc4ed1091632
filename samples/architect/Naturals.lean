import Naturals.Order
import Naturals.Addition
