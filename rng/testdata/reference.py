"""Reference tail probabilities of count laws, with 30 digits.

Run in this folder with Debian's python3-mpmath (made with mpmath 1.2.1):

    python3 reference.py

It writes counts.csv: trials (0 for the Poisson law), mean or probability, k,
and P(X <= k) if k lies below the mean, P(X > k) otherwise, summed term by term
from k outwards.
"""

from math import sqrt

from mpmath import exp, log, loggamma, mp, mpf, nstr

mp.dps = 30


def poisson(lam):
    lam = mpf(lam)
    start = lambda k: exp(k * log(lam) - lam - loggamma(k + 1))
    return start, lambda k: lam / k


def binomial(n, p):
    p = mpf(p)
    start = lambda k: exp(loggamma(n + 1) - loggamma(k + 1) - loggamma(n - k + 1) + k * log(p) + (n - k) * log(1 - p))
    return start, lambda k: (n - k + 1) * p / (k * (1 - p))


def tail(law, k, upper):
    """The ratio of successive probabilities, P(k)/P(k-1), carries the sum on."""
    start, ratio = law
    k += upper
    term = start(mpf(k))
    total = mpf(0)
    while term > total * mpf(10) ** -22 and k >= 0:
        total += term
        if upper:
            k += 1
            term *= ratio(k)
        else:
            term = term / ratio(k) if k else mpf(0)
            k -= 1
    return total


def main():
    laws = [(0, lam) for lam in (0.01, 1.0, 20.5, 64.0, 64.5, 300.25, 1e4, 1e6, 1e9)]
    laws += [(n, p) for n, p in ((1, 0.3), (10, 0.5), (12, 0.875), (1000, 0.02), (150, 0.5), (200, 0.98), (10**5, 0.4), (10**6, 0.999), (10**9, 7e-8), (10**9, 0.5), (10**9, 0.3))]
    with open("counts.csv", "w") as f:
        print("trials,parameter,k,tail", file=f)
        for n, p in laws:
            mean, sd = (n * p, sqrt(n * p * (1 - p))) if n else (p, sqrt(p))
            places = {round(mean + z * sd) for z in (-8, -5, -2.5, -1, -0.1, 0, 0.4, 1.5, 3, 5.5, 8)}
            for k in sorted(k for k in places if 0 <= k < (n or k + 1)):
                law = binomial(n, p) if n else poisson(p)
                print(n, repr(p), k, nstr(tail(law, k, k >= mean), 17), sep=",", file=f)


if __name__ == "__main__":
    main()
