import { WindrowExport } from "windrow-export";

// Where pages are rendered there is no browser, and so no class.
if (WindrowExport) WindrowExport.server = import.meta.env.VITE_WINDROW;
