/** Work that is on this device alone must outlast a lack of room: the browser is asked not to clear
 * what is stored, with the first that is done without a network. Only a page may ask, and some
 * browsers ask the person in turn: so once, and never on load. */
const ASKED = 'storage-asked';

export async function keepForGood({ offline, pending }) {
  const { storage } = navigator;
  if (!offline || !pending || !storage?.persist || sessionStorage.getItem(ASKED)) return;
  sessionStorage.setItem(ASKED, '1');
  if (!(await storage.persisted())) await storage.persist();
}
