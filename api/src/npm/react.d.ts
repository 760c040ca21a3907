// For React 19: import type {} from "windrow-export/react";
import type { DetailedHTMLProps, HTMLAttributes } from "react";
import type { WindrowExportElement, WindrowExportEvents, WindrowExportOptions } from "./index.js";

type Handlers = { [K in keyof WindrowExportEvents as `on${K}`]?: (event: WindrowExportEvents[K]) => void };

declare module "react" {
  namespace JSX {
    interface IntrinsicElements {
      "windrow-export": DetailedHTMLProps<HTMLAttributes<WindrowExportElement>, WindrowExportElement> &
        WindrowExportOptions &
        Handlers & { dataset?: string; "data-set"?: string; fileName?: string; "file-name"?: string };
    }
  }
}
