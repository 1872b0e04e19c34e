/** A node of a recorded page, as far as it is looked at here. */
interface RecordedNode {
  readonly id?: number;
  readonly tagName?: string;
  readonly attributes?: Record<string, unknown>;
  readonly childNodes?: readonly RecordedNode[];
}

/** An event of a recording, as far as it is looked at here. */
interface RecordedEvent {
  readonly data?: {
    readonly node?: RecordedNode;
    readonly adds?: readonly { readonly node: RecordedNode }[];
    readonly attributes?: readonly { readonly id: number; readonly attributes?: Record<string, unknown> }[];
  };
}

/** What connects to where it leads, even where a policy forbids to load that. */
const CONNECTING: ReadonlySet<string> = new Set(["link", "iframe", "frame"]);

/** What of them leads elsewhere. */
const LEADS = ["href", "imagesrcset", "src"];

/**
 * Takes from the links and frames of recorded pages where they lead to, in place. Style sheets have their text
 * with them, and what else a link can ask for is not for a recording; to preconnect, which no policy
 * forbids, would tell others that somebody looks.
 *
 * @param events all of a recording, in their order
 */
export function cutLinks(events: readonly unknown[]): void {
  const links = new Set<number>();
  const look = (node: RecordedNode) => {
    if (CONNECTING.has(node.tagName ?? "")) {
      links.add(node.id ?? 0);
      cut(node.attributes);
    }
    node.childNodes?.forEach(look);
  };
  for (const { data } of events as readonly RecordedEvent[]) {
    if (data?.node !== undefined) {
      look(data.node);
    }
    data?.adds?.forEach((added) => look(added.node));
    data?.attributes?.filter(({ id }) => links.has(id)).forEach((changed) => cut(changed.attributes));
  }
}

function cut(attributes: Record<string, unknown> | undefined): void {
  for (const name of LEADS) {
    delete attributes?.[name];
  }
}
