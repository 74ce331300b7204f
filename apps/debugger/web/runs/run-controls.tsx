import { Icon, type IconName } from '../chrome/icon.tsx';
import { type ShortcutId, ariaKeys, withKeys } from '../keys/shortcuts.ts';
import { cancelRun, continueOrPause, isPaused, step } from '../state/commands.ts';
import { useConnection } from '../state/connection-store.ts';
import { useRunView } from '../state/run-store.ts';

/** What can be done to the run on screen. */
export function RunControls() {
  const view = useRunView();
  const isLive = useConnection(({ connection }) => connection.kind === 'live');
  const isOpen = isLive && view !== undefined && view.state.endedAt === undefined;
  const paused = view !== undefined && isPaused(view);
  const canStep = isOpen && view.stops.length > 0;
  return (
    <div className="run-controls" role="toolbar" aria-label="Run control">
      <ControlButton
        id="continue"
        icon={paused ? 'resume' : 'pause'}
        text={paused ? 'Continue' : 'Pause'}
        enabled={isOpen}
        act={continueOrPause}
        isMain={isOpen && paused}
      />
      <span className="button-group">
        <ControlButton id="over" icon="step-over" text="Step over" enabled={canStep} act={() => step('over')} />
        <ControlButton id="into" icon="step-into" text="Step into" enabled={canStep} act={() => step('into')} />
        <ControlButton id="out" icon="step-out" text="Step out" enabled={canStep} act={() => step('out')} />
      </span>
      <ControlButton
        id="cancel"
        icon="cancel"
        text="Cancel"
        enabled={isOpen && view.state.status !== 'canceling'}
        act={cancelRun}
      />
    </div>
  );
}

interface ControlButtonProps {
  readonly id: ShortcutId;
  readonly icon: IconName;
  readonly text: string;
  readonly enabled: boolean;
  readonly act: () => Promise<void>;
  readonly isMain?: boolean;
}

/** Stays focusable when it can't be used, so that stepping by Enter does not lose the focus between two stops. */
function ControlButton({ id, icon, text, enabled, act, isMain = false }: ControlButtonProps) {
  return (
    <button
      type="button"
      className={isMain ? 'button primary' : 'button'}
      aria-disabled={!enabled}
      aria-keyshortcuts={ariaKeys(id)}
      title={withKeys(text, id)}
      onClick={() => {
        if (enabled) void act();
      }}
    >
      <Icon name={icon} />
      <span className="control-text">{text}</span>
    </button>
  );
}
