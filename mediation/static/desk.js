// The desk's one script. Every page works without it; it adds keys, drafts, live panels and pickers.
// Every word it shows comes from the page, so that it needs no translation of its own.

import { startCopying } from "./desk/copy.js";
import { startDrafts } from "./desk/drafts.js";
import { startForms } from "./desk/forms.js";
import { returnKept } from "./desk/kept.js";
import { startKeys } from "./desk/keys.js";
import { startMentions } from "./desk/mentions.js";
import { startPanels } from "./desk/panels.js";
import { startPhrases } from "./desk/phrases.js";
import { startPagePrint, startPrint } from "./desk/print.js";
import { startProgress } from "./desk/progress.js";
import { startSuggestions } from "./desk/suggest.js";
import { startTicks } from "./desk/ticks.js";

startKeys();
startSuggestions();
startForms();
startDrafts();
startPanels();
startPhrases();
startMentions();
startPrint();
startPagePrint();
startCopying();
startProgress();
startTicks();
returnKept(); // last, so that the text put back wakes drafts and panels
