import { useState } from "react";
import type {} from "windrow-export/react";

export function App() {
  const [done, setDone] = useState("");
  const note = (event: { detail: { export: { dataset: string } } }) =>
    setDone((before) => `${before}${event.detail.export.dataset} `);
  return (
    <>
      <windrow-export dataset="readings" parameters={{ sensor: "s-1" }} onwindrow-completed={note}>
        Export one
      </windrow-export>
      <windrow-export dataset="slow" parameters={{ rows: 3 }} onwindrow-completed={note}>
        Export two
      </windrow-export>
      <output>{done}</output>
    </>
  );
}
