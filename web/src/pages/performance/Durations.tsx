import { useMemo } from "react";
import { useAnswer } from "../../app/useAnswer";
import type { View } from "../../app/view";
import { ErrorState } from "../../components/EmptyState";
import { Heatmap } from "../../components/Heatmap";
import type { HeatmapPart } from "../../components/heatmapCells";
import { millis } from "../../components/numbers";
import { Note, Panel, Room } from "../../components/Panel";
import { heatmap } from "../../data/queries";
import type { Filters } from "../../search/url";
import { spanMillis } from "../../time/range";

interface DurationsProps {
  readonly view: View;
  readonly filters: Filters;
  readonly onSelect: (part: HeatmapPart) => void;
}

const HEIGHT = 150;

/** How many calls took how long, over time. */
export function Durations({ view, filters, onSelect }: DurationsProps) {
  const found = useAnswer(heatmap({ bounds: view.bounds, filters }));
  const times = useMemo(() => found.data?.buckets.map((bucket) => Date.parse(bucket)) ?? [], [found.data]);
  return (
    <Panel title="Durations" scope="calls by how long they took; choose a part for the events behind it">
      {found.error !== null ? (
        <ErrorState error={found.error} onRetry={() => void found.refetch()} />
      ) : found.data === undefined ? (
        <Room height={HEIGHT + 52} />
      ) : found.data.counts.every((bucket) => bucket.every((calls) => calls === 0)) ? (
        <Note>No call of this range says how long it took</Note>
      ) : (
        <Heatmap
          label="Calls by time and duration"
          times={times}
          step={spanMillis(found.data.step) ?? 60_000}
          bounds={found.data.bounds_ms}
          counts={found.data.counts}
          height={HEIGHT}
          zone={view.zone}
          format={millis}
          onSelect={onSelect}
          stale={found.isPlaceholderData}
        />
      )}
    </Panel>
  );
}
