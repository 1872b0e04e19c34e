import { useAutoRefresh, useView } from "../../app/view";
import { Page } from "../../components/Page";
import { Engines } from "./Engines";
import { ErrorsOverTime } from "./ErrorsOverTime";
import { Deployments } from "./Deployments";
import { FiringAlerts } from "./FiringAlerts";
import { FreshErrors } from "./FreshErrors";
import { TopErrors } from "./TopErrors";
import { Totals } from "./Totals";
import { Spikes } from "./Spikes";
import style from "./Overview.module.css";

/** How often it looks for what is new, in milliseconds. */
const EVERY = 15_000;

/** How the platform does: what goes wrong, since when, and where. */
export function Overview() {
  const view = useView();
  useAutoRefresh(view.range, EVERY);
  return (
    <Page title="Overview" view={view}>
      <div className={style.urgent}>
        <FiringAlerts view={view} />
        <FreshErrors view={view} />
      </div>
      <Totals view={view} />
      <ErrorsOverTime view={view} />
      <div className={style.columns}>
        <TopErrors view={view} />
        <div className={style.aside}>
          <Spikes view={view} />
          <Deployments view={view} />
        </div>
      </div>
      <Engines view={view} />
    </Page>
  );
}
