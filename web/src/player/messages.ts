/** What a page and the player in it say to each other; both are of this server. */

/** An event of rrweb, as it was recorded. */
export interface RecordedEvent {
  readonly type: number;
  readonly timestamp: number;
  readonly data?: unknown;
}

/** Once: what there is to play, in its order. */
export interface Load {
  readonly kind: "load";
  readonly events: readonly RecordedEvent[];
}

/** Again and again: where the playhead is. */
export interface Show {
  readonly kind: "show";
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly playing: boolean;
  readonly speed: number;
}

export type ToPlayer = Load | Show;

/** `ready` comes first; `loaded` or `failed` answers what is loaded. */
export type FromPlayer = { readonly kind: "ready" } | { readonly kind: "loaded" } | { readonly kind: "failed"; readonly detail: string };
