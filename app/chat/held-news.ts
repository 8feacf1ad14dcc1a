import { emptyNews, mergeNews, type News } from "./news";

/** An instance that has just begun to listen says so within this time, twice over. */
const GENERATION_MS = 10_000;

/** The news of the last 10 to 20 seconds that nobody was told, for an instance that appears meanwhile. */
export class HeldNews {
  private fresh = emptyNews();
  private old = emptyNews();
  private since = 0;

  /** Signals are worth nothing later. */
  keep(news: News, now = performance.now()) {
    if (now - this.since > GENERATION_MS) {
      // After a long silence both are too old.
      this.old = now - this.since > 2 * GENERATION_MS ? emptyNews() : this.fresh;
      this.fresh = emptyNews();
      this.since = now;
    }
    mergeNews(this.fresh, { ...news, signals: [] });
  }

  take(): News {
    const news = this.old;
    mergeNews(news, this.fresh);
    [this.fresh, this.old] = [emptyNews(), emptyNews()];
    return news;
  }
}
