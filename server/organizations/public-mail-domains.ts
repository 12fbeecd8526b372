/**
 * Where anybody can have an address, so that having one shows nothing of whom one works for: the large providers of the world,
 * of the Nordic countries and of our neighbours, and what they are called elsewhere.
 */
const PUBLIC = new Set(
  `
  gmail.com googlemail.com
  outlook.com outlook.se outlook.dk outlook.de outlook.fr hotmail.com hotmail.se hotmail.no hotmail.dk hotmail.fi
  hotmail.co.uk hotmail.de hotmail.fr hotmail.it hotmail.es live.com live.se live.no live.dk live.fi live.co.uk live.de
  live.fr live.nl msn.com passport.com windowslive.com
  icloud.com me.com mac.com privaterelay.appleid.com
  yahoo.com yahoo.se yahoo.no yahoo.dk yahoo.co.uk yahoo.de yahoo.fr yahoo.it yahoo.es yahoo.ca yahoo.co.jp yahoo.co.in
  ymail.com rocketmail.com aol.com aim.com
  proton.me protonmail.com protonmail.ch pm.me tutanota.com tutanota.de tuta.io tuta.com keemail.me hey.com fastmail.com
  fastmail.fm hushmail.com mailbox.org posteo.de posteo.net startmail.com disroot.org riseup.net zoho.com zohomail.com
  zohomail.eu duck.com relay.firefox.com mozmail.com simplelogin.com anonaddy.com
  gmx.com gmx.de gmx.net gmx.at gmx.ch web.de t-online.de freenet.de arcor.de mail.com email.com usa.com
  telia.com telia.se comhem.se bredband.net bredband2.com tele2.se swipnet.se spray.se passagen.se glocalnet.net
  algonet.se home.se tjohoo.se bahnhof.se ownit.nu bostream.nu brikks.com live.at
  online.no getmail.no frisurf.no broadpark.no lyse.net
  mail.dk jubii.dk ofir.dk stofanet.dk tdcadsl.dk youmail.dk
  kolumbus.fi elisanet.fi luukku.com suomi24.fi saunalahti.fi welho.com pp.inet.fi dnainternet.net netti.fi
  orange.fr wanadoo.fr free.fr laposte.net sfr.fr libero.it virgilio.it tiscali.it alice.it tin.it telefonica.net
  ziggo.nl kpnmail.nl xs4all.nl planet.nl hetnet.nl skynet.be telenet.be bluewin.ch
  btinternet.com sky.com virginmedia.com talktalk.net ntlworld.com blueyonder.co.uk
  wp.pl o2.pl onet.pl interia.pl seznam.cz centrum.cz azet.sk
  mail.ru inbox.ru bk.ru list.ru yandex.com yandex.ru rambler.ru ukr.net i.ua
  comcast.net verizon.net att.net sbcglobal.net bellsouth.net cox.net charter.net earthlink.net juno.com
  rogers.com shaw.ca sympatico.ca bigpond.com optusnet.com.au
  qq.com 163.com 126.com sina.com naver.com daum.net hanmail.net rediffmail.com
  mailinator.com guerrillamail.com 10minutemail.com yopmail.com temp-mail.org trashmail.com sharklasers.com
`
    .trim()
    .split(/\s+/),
);

/** Whether anybody can have an address there. `domain`: as in a normalized address. */
export function isPublicMailDomain(domain: string): boolean {
  return PUBLIC.has(domain);
}

/** The part of a normalized address behind its @. */
export function mailDomainOf(email: string): string {
  return email.slice(email.lastIndexOf("@") + 1);
}
