/** Lets `burst` through at once and `perSecond` in the long run. */
export class TokenBucket {
  private tokens: number;
  private at = performance.now();

  constructor(
    private readonly burst: number,
    private readonly perSecond: number,
  ) {
    this.tokens = burst;
  }

  /** @param factor multiplies both limits; 0 is no limit. */
  take(factor = 1): boolean {
    if (factor === 0) return true;
    const now = performance.now();
    const burst = this.burst * factor;
    this.tokens = Math.min(burst, this.tokens + ((now - this.at) / 1000) * this.perSecond * factor);
    this.at = now;
    if (this.tokens < 1) return false;
    this.tokens -= 1;
    return true;
  }
}
