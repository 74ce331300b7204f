import { dismiss, useNotices } from '../state/notice-store.ts';
import { useView } from '../state/view-store.ts';
import { Icon } from './icon.tsx';

/** What the person should know and can put away. */
export function Notices() {
  const notices = useNotices((store) => store.notices);
  return (
    <div className="notices">
      {notices.map((notice) => (
        <div
          className="notice"
          key={notice.key}
          data-tone={notice.tone}
          role={notice.tone === 'problem' ? 'alert' : 'status'}
        >
          <p>{notice.text}</p>
          <button
            type="button"
            className="button small quiet icon"
            aria-label="Dismiss"
            title="Dismiss"
            onClick={() => dismiss(notice.key)}
          >
            <Icon name="close" />
          </button>
        </div>
      ))}
    </div>
  );
}

/** Says stops and ends to screen readers. */
export function Announcer() {
  const announcement = useView((view) => view.announcement);
  return (
    <div className="visually-hidden" aria-live="polite">
      {announcement}
    </div>
  );
}
