import type { OfficeRoute } from '../route.ts'
import { announcementPage, takeDownPage, takeDownSubmit } from './announcement.tsx'
import { announcementsPage } from './announcements.tsx'
import { templatePage } from './template.tsx'
import { templatePreview, templatePropose, templateWritePage } from './template-write.tsx'
import { previewSubmit, proposeSubmit, writePage } from './write.tsx'

/** 重要なお知らせ, and the bank's own words in notices. */
export const messageRoutes: readonly OfficeRoute[] = [
  { method: 'get', path: '/announcements', act: 'campaign-view', page: announcementsPage },
  { method: 'get', path: '/announcements/write', act: 'prepare', page: writePage },
  { method: 'post', path: '/announcements/preview', act: 'prepare', submit: previewSubmit },
  { method: 'post', path: '/announcements/propose', act: 'prepare', submit: proposeSubmit },
  { method: 'get', path: '/announcements/template', act: 'campaign-view', page: templatePage },
  { method: 'get', path: '/announcements/template/write', act: 'prepare', page: templateWritePage },
  {
    method: 'post',
    path: '/announcements/template/preview',
    act: 'prepare',
    submit: templatePreview,
  },
  {
    method: 'post',
    path: '/announcements/template/propose',
    act: 'prepare',
    submit: templatePropose,
  },
  { method: 'get', path: '/announcements/:id', act: 'campaign-view', page: announcementPage },
  { method: 'get', path: '/announcements/:id/take-down', act: 'prepare', page: takeDownPage },
  { method: 'post', path: '/announcements/:id/take-down', act: 'prepare', submit: takeDownSubmit },
]
