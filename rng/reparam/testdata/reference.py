"""Reference values for the implicit derivatives, with 50 digits.

Run in this folder with Debian's python3-mpmath (made with mpmath 1.2.1):

    python3 reference.py

It writes
    gamma.csv   shape, log x, d log x / d shape
    beta.csv    a, b, logit x, d logit x / da, d logit x / db

The points are the quantiles listed below, rounded to float64 in log or logit
space; the derivative is exact at the rounded point. It is mpmath's numerical
derivative, at 150 digits, of its own regularised incomplete functions, taken
on the side of the law where they are small.
"""

from mpmath import mp, mpf, betainc, diff, exp, findroot, gammainc, log, loggamma

mp.dps = 50
TAILS = ["1e-15", "1e-6", "1e-3", "0.05", "0.3", "0.5", "0.8", "0.99"]
PROBABILITIES = [mpf(p) for p in TAILS] + [1 - mpf(p) for p in TAILS[:3]]


def bisect(cdf, p, low, high):
    """The float64 nearest to the p-quantile, to about 6 digits."""
    with mp.workdps(25):
        while high - low > mpf("1e-6") * (1 + abs(low)):
            mid = (low + high) / 2
            if cdf(mid) < p:
                low = mid
            else:
                high = mid
    return float((low + high) / 2)


def gamma_cdf(shape, x):
    if x < shape + 1:
        return gammainc(shape, 0, x, regularized=True)
    return 1 - gammainc(shape, x, regularized=True)


def gamma_row(shape, p):
    s = mpf(shape)
    low = (log(p) + loggamma(s + 1)) / s - 1
    lx = bisect(lambda y: gamma_cdf(s, exp(y)), p, low, log(s + 40 * s**0.5 + 60))
    x = exp(mpf(lx))
    if x < s + 1:
        slope = -diff(lambda t: gammainc(t, 0, x, regularized=True), s)
    else:
        slope = diff(lambda t: gammainc(t, x, regularized=True), s)
    return shape, lx, slope / exp(s * log(x) - x - loggamma(s))


def below(a, b, x):
    return betainc(a, b, 0, x, regularized=True)


def beta_row(a, b, p):
    s, t = mpf(a), mpf(b)
    lower = lambda y: below(s, t, 1 / (1 + exp(-y))) if y < log(s / t) else 1 - below(t, s, 1 / (1 + exp(y)))
    lbeta = loggamma(s) + loggamma(t) - loggamma(s + t)
    low = (log(p) + lbeta + log(s)) / s - 2 - (log(1 + t) if t > 1 else 0)
    high = -((log(1 - p) + lbeta + log(t)) / t - 2 - (log(1 + s) if s > 1 else 0))
    logit = bisect(lower, p, min(low, -2), max(high, 2))
    x, y = 1 / (1 + exp(-mpf(logit))), 1 / (1 + exp(mpf(logit)))
    density = exp(s * log(x) + t * log(y) - lbeta)  # of the logit
    if x < s / (s + t):
        da = -diff(lambda v: below(v, t, x), s)
        db = -diff(lambda v: below(s, v, x), t)
    else:
        da = diff(lambda v: below(t, v, y), s)
        db = diff(lambda v: below(v, s, y), t)
    return a, b, logit, da / density, db / density


def write(name, header, rows):
    with open(name, "w") as f:
        print(header, file=f)
        for row in rows:
            print(",".join(repr(v) if isinstance(v, float) else mp.nstr(v, 20) for v in row), file=f, flush=True)


def main():
    shapes = [0.001, 0.05, 0.1, 0.3, 0.7, 0.999, 1.0, 1.5, 3.0, 9.99, 30.0, 100.0, 500.0, 20000.0]
    write("gamma.csv", "shape,log_x,dlog_x_dshape", (gamma_row(s, p) for s in shapes for p in PROBABILITIES))
    shapes = [0.05, 0.3, 0.999, 1.5, 7.95, 60.0, 500.0]
    write("beta.csv", "a,b,logit_x,dlogit_x_da,dlogit_x_db",
          (beta_row(a, b, p) for a in shapes for b in shapes for p in PROBABILITIES))


if __name__ == "__main__":
    main()
