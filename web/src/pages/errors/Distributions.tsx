import { count, percent } from "../../components/numbers";
import { Panel } from "../../components/Panel";
import type { Schemas } from "../../data/api";
import style from "./Errors.module.css";

type Details = Schemas["ErrorDetails"];

interface ValueCount {
  readonly value: string;
  readonly errors: number;
}

function valuesOf(field: Details["fields"][string]): ValueCount[] {
  const values = field.values.map((each) => {
    const { value, errors } = each as Partial<ValueCount>;
    return { value: String(value ?? "none"), errors: Number(errors ?? 0) };
  });
  return values.toSorted((a, b) => b.errors - a.errors);
}

/** How many of the errors have which value. Fields that are the same for all come last, in short. */
export function Distributions({ group }: { group: Details }) {
  const fields = Object.entries(group.fields).map(([name, field]) => ({ name, values: valuesOf(field), other: field.other }));
  const told = fields.filter((field) => field.values.length + field.other > 1);
  const same = fields.filter((field) => field.values.length === 1 && field.other === 0);
  return (
    <Panel title="Values" scope="of all its errors">
      <div className={style.distributions}>
        {told.map((field) => (
          <section key={field.name}>
            <h3>{field.name}</h3>
            <ul>
              {field.values.slice(0, 5).map(({ value, errors }) => (
                <li key={value}>
                  <i style={{ width: `${(100 * errors) / group.errors}%` }} aria-hidden="true" />
                  <span>{value}</span>
                  <span className="muted numeric">
                    {count(errors)} · {percent(errors / group.errors)}
                  </span>
                </li>
              ))}
            </ul>
          </section>
        ))}
        {same.length > 0 && (
          <dl className={style.same}>
            {same.map((field) => (
              <div key={field.name}>
                <dt>{field.name}</dt>
                <dd>{field.values[0]?.value}</dd>
              </div>
            ))}
          </dl>
        )}
      </div>
    </Panel>
  );
}
