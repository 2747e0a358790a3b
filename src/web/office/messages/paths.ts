/** The addresses about announcements, and about the words of notices. */
export function messagePathsOf(at: (path: string) => string) {
  const of = (id: string, more = '') => at(`/announcements/${encodeURIComponent(id)}${more}`)
  return {
    announcements: at('/announcements'),
    announcementWrite: at('/announcements/write'),
    announcementPreview: at('/announcements/preview'),
    announcementPropose: at('/announcements/propose'),
    announcement: (id: string) => of(id),
    announcementTakeDown: (id: string) => of(id, '/take-down'),
    template: at('/announcements/template'),
    templateWrite: at('/announcements/template/write'),
    templatePreview: at('/announcements/template/preview'),
    templatePropose: at('/announcements/template/propose'),
  }
}
