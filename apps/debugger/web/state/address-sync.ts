import { readAddress, writeAddress } from './address.ts';
import { useRuns } from './run-store.ts';
import { showRun } from './commands.ts';
import { useView } from './view-store.ts';

/** Keeps the address in step with what is on screen, and the screen with an address that a person enters. */
export function syncAddress(): () => void {
  const write = (): void => {
    const { tab, node, path } = useView.getState();
    const hash = writeAddress({
      tab,
      node,
      path,
      run: useRuns.getState().view?.runId ?? readAddress(location.hash).run,
    });
    if (hash !== location.hash) history.replaceState(undefined, '', hash === '' ? location.pathname : hash);
  };
  const read = (): void => {
    const { tab, run, node, path } = readAddress(location.hash);
    useView.setState({ tab, node, path });
    if (run !== undefined && run !== useRuns.getState().view?.runId) void showRun(run);
  };
  const stopView = useView.subscribe(write);
  const stopRuns = useRuns.subscribe(write);
  window.addEventListener('hashchange', read);
  return () => {
    stopView();
    stopRuns();
    window.removeEventListener('hashchange', read);
  };
}
