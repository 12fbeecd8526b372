/**
 * Passwords (and beginnings of them, before digits and signs) that guessing begins with, in the languages of our
 * customers. Short on purpose: the rate limits stop whoever gets further down a list.
 */
export const COMMON_PASSWORDS: ReadonlySet<string> = new Set(
  `password passwort lösenord losenord lösenordet hemligt hemligheten passw0rd p@ssw0rd p@ssword password1 password12
  password123 password1234 lösenord123 losenord123 mypassword yourpassword newpassword changeme changemenow letmein
  letmeinnow welcome welcome1 välkommen valkommen välkommen1 hejsan hejhej hejhejhej hejpådig hejpadig kraftverk
  kraftverket kraftverkgym träning traning träningen gymmet sommaren sommar vintern vinter hösten våren midsommar
  1234567890 0123456789 0987654321 9876543210 1q2w3e4r5t 1q2w3e4r5t6y 1qaz2wsx3edc qazwsxedc qazwsxedcrfv zaq12wsx
  qwerty qwertyui qwertyuiop qwertyuiopå qwerty123 qwerty1234 qwerty12345 asdfghjkl asdfghjklö asdfghjklöä zxcvbnm
  zxcvbnmasdf qwertyasdf asdfasdfasdf iloveyou iloveyou1 iloveyou2 jagälskardig jagalskardig älskling alskling sunshine
  princess princessa prinsessa superman superman1 batman spiderman starwars pokemon pokemon123 football fotboll
  fotbollen baseball basketball hockey ishockey djurgården djurgarden hammarby malmöff malmoff aikaik ifkgöteborg
  liverpool manchester arsenal chelsea barcelona realmadrid monkey dragon master shadow michael jennifer jessica ashley
  thomas charlie stockholm göteborg goteborg malmö sverige sverigesverige svenska computer internet samsung google
  facebook instagram microsoft windows administrator admin admin123 adminadmin root rootroot superuser testtest
  testtesttest test123456 testing testing123 secret secretsecret secretpassword topsecret trustno1 whatever nothing
  blablabla bananer banana bananbanan choklad chocolate kanelbulle abcdefghij abcdefghijk abcd123456 abc1234567
  a123456789 aa12345678 aa123456789 a1b2c3d4e5 q1w2e3r4t5 q1w2e3r4t5y6 123123123123 1231231231 123456789a 12345678910
  123456789q 1111111111 0000000000 1122334455 1212121212 123qweasdzxc qwe123456 qweasdzxc 147258369 1472583690
  987654321a mustang ferrari porsche volvo volvovolvo corvette harley freedom forever together tillsammans familjen
  mamma mammapappa mammamia pappa jordgubbe blommor sommarlov julafton tomten superstar rockstar guitar killer hunter
  hunter2 ranger ginger pepper cookie summer2024 summer2025 summer2026 winter2025 winter2026 autumn2026 spring2026
  sommar2024 sommar2025 sommar2026 vinter2025 vinter2026 correcthorsebatterystaple passpasspass`.split(/\s+/),
);
