import { Button } from "../components/Button";
import { Dialog } from "../components/Dialog";
import { PAGES } from "./pages";
import style from "./Help.module.css";

const KEYS: readonly [string, string][] = [
  ["?", "These keys"],
  ["Ctrl K", "Commands: go, change, search, open by id; ⌘ K on a Mac"],
  ["/", "Go to the search"],
  ["↑ ↓", "In the search: what was asked before; Ctrl Space offers fields and values"],
  ["t", "Choose the time"],
  ["r", "Ask again, up to now"],
  ["c", "Copy a link to what is shown"],
  ["j k", "Next row, previous row"],
  ["Enter", "Open the row"],
  ["Esc", "Close what is open"],
  ["x", "Exclude the value that has the focus"],
  ["l", "Live tail on and off"],
  ["Space", "In a replay: play and pause"],
  ["e", "In a replay: the next error"],
  ["< >", "In a replay: slower, faster"],
  ["← →", "In a replay: 5 s; with Shift, an event"],
  ["← →", "Move in a chart that has the focus, in a heatmap with ↑ ↓ as well; with Shift, choose a part"],
];

/** All keys there are. */
export function Help({ onClose }: { onClose: () => void }) {
  return (
    <Dialog label="Keys" className={style.help} onClose={onClose}>
      <header>
        <h1>Keys</h1>
        <Button onClick={onClose} label="Close">
          ✕
        </Button>
      </header>
      <dl>
        {KEYS.map(([key, what]) => (
          <Key key={what} name={key} what={what} />
        ))}
        {PAGES.map((page) => (
          <Key key={page.path} name={`g ${page.key}`} what={`Go to ${page.name}`} />
        ))}
      </dl>
    </Dialog>
  );
}

function Key({ name, what }: { name: string; what: string }) {
  return (
    <div>
      <dt>
        {name.split(" ").map((key) => (
          <kbd key={key}>{key}</kbd>
        ))}
      </dt>
      <dd>{what}</dd>
    </div>
  );
}
