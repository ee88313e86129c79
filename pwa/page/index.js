/** The page's own script. Pages work without it; with it they are quick and forgiving. */
import { startBell } from './bell.js';
import { startCards } from './cards.js';
import { startBuilding } from './building.js';
import { startAttaching } from './attaching.js';
import { startCalls } from './calls.js';
import { startCells } from './cells.js';
import { startChoosing } from './choosing.js';
import { startCombos } from './combos.js';
import { startComforts } from './comforts.js';
import { startCovering } from './covering.js';
import { startDialogs } from './dialogs.js';
import { startDropping } from './dropping.js';
import { startEnhancing } from './dom.js';
import { startDrafted } from './drafted.js';
import { startDrafts } from './drafts.js';
import { startFocus } from './focus.js';
import { startInstall } from './install.js';
import { startKeys } from './keys.js';
import { startLeaving } from './leaving.js';
import { startLists } from './lists.js';
import { startLive } from './live.js';
import { startMany } from './many.js';
import { startMentions } from './mentions.js';
import { startNavigation } from './navigation.js';
import { startOrdering } from './ordering.js';
import { startPalette } from './palette.js';
import { startPeek } from './peek.js';
import { startPicker } from './picker.js';
import { startPill } from './pill.js';
import { startPush } from './push.js';
import { startReaching } from './reaching.js';
import { startRevealing } from './revealing.js';
import { startSaving } from './saving.js';
import { startSelecting } from './selecting.js';
import { startColumns } from './columns.js';
import { startSorting } from './sorting.js';
import { startWindowing } from './windowing.js';
import { startSweeping } from './sweeping.js';
import { startViewer } from './viewer.js';
import { startWorker } from './worker.js';

// Inputs are made whole before drafts are put into them.
for (const start of [
  startDialogs, startNavigation, startFocus, startSorting, startColumns, startWindowing, startLists, startSelecting, startSweeping, startCells, startPeek, startPalette, startKeys, startMany,
  startOrdering, startCombos, startMentions, startPicker, startDrafts, startDrafted, startRevealing, startReaching, startSaving, startPill, startBell, startCalls, startLeaving,
  startInstall, startPush, startAttaching, startDropping, startBuilding, startCards, startChoosing, startViewer, startComforts,
]) start();
startEnhancing();
startWorker();
startLive();
startCovering();
