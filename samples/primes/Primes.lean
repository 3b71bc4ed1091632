import Primes.Sums
import Primes.Fibonacci
import Primes.Zeckendorf
import Primes.Prime
import Primes.Fermat
