import { useNavigate, useSearch } from "@tanstack/react-router";
import type { PerformanceSearch } from "../../app/router";
import { useAutoRefresh, useView } from "../../app/view";
import { Choices } from "../../components/Choices";
import { Page } from "../../components/Page";
import type { Filters } from "../../search/url";
import { iso, rangeOf } from "../../time/range";
import { Differences } from "./Differences";
import { Durations } from "./Durations";
import { durationsOf, durationsText } from "./durations";
import { Groups } from "./Groups";
import { Latency } from "./Latency";
import { Spikes } from "./Spikes";
import { GROUPINGS, groupingOf } from "./grouping";

const EVERY = 15_000;

/** How fast and how healthy calls are, where, and since when. */
export function Performance() {
  const search = useSearch({ from: "/performance" });
  const navigate = useNavigate();
  const view = useView();
  useAutoRefresh(view.range, EVERY);
  const change = (changed: { readonly [N in keyof PerformanceSearch]?: PerformanceSearch[N] | undefined }) =>
    void navigate({ to: "/performance", search: (before) => ({ ...before, ...changed }) as PerformanceSearch });
  const filters: Filters = {
    ...(search.engine === undefined ? {} : { engine: search.engine }),
    ...(search.platform === undefined ? {} : { platform: search.platform }),
    ...(search.action === undefined ? {} : { action: search.action }),
  };
  const chosen = search.selected === undefined ? undefined : rangeOf(search.selected);
  const selected = chosen?.kind === "fixed" ? { from: chosen.from, to: chosen.to } : undefined;
  return (
    <Page
      title="Performance"
      view={view}
      choices={
        <Choices
          label="Calls are told apart by"
          choices={GROUPINGS}
          chosen={groupingOf(search.by).id}
          onChoose={(by) => change({ by, order: undefined })}
        />
      }
    >
      <Latency
        view={view}
        filters={filters}
        onDrop={(field) => change({ [field]: undefined })}
        onSelect={(from, to) => change({ selected: `${iso(Math.floor(from))}..${iso(Math.ceil(to))}`, durations: undefined })}
      />
      <Durations
        view={view}
        filters={filters}
        onSelect={({ from, to, low, high }) =>
          // What is before or behind the range is in none of its numbers.
          change({ selected: `${iso(Math.max(from, view.bounds.from))}..${iso(Math.min(to, view.bounds.to))}`, durations: durationsText(low, high) })
        }
      />
      {selected !== undefined && (
        <Differences view={view} filters={filters} selected={selected} durations={durationsOf(search.durations)} onClose={() => change({ selected: undefined, durations: undefined })} />
      )}
      <Spikes view={view} filters={filters} chosen={search.spike} onChoose={(spike) => change({ spike })} />
      <Groups
        view={view}
        filters={filters}
        by={search.by}
        order={search.order ?? "calls"}
        onOrder={(order) => change({ order })}
        onOnly={(only) => change(only)}
      />
    </Page>
  );
}
