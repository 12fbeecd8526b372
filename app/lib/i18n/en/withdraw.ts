import type { withdraw as source } from "../sv/withdraw.ts";
import type { Message } from "../translate.ts";

export const withdraw = {
  "withdraw.title": "Withdraw from a purchase",
  "withdraw.description": "Withdraw from a purchase within 14 days. No account is needed and you need not say why.",
  "withdraw.lead":
    "You have 14 days, and need neither an account nor a reason. Tell us which order it is, and we show what happens before you confirm.",
  "withdraw.name": "Name",
  "withdraw.nameFormat": "Write the name with letters and digits, without links.",
  "withdraw.number": "Order number",
  "withdraw.numberHint": "It is in the receipt, for example KV-10482.",
  "withdraw.email": "Email address",
  "withdraw.emailHint": "The one you bought with.",
  "withdraw.numberFormat":
    "Write the order number as it stands in the receipt: KV- and then digits, for example KV-10482.",
  "withdraw.whole":
    "You withdraw from everything in the order. If there are several items, you can choose among them when you open the link in the email.",
  "withdraw.back14": "We refund within 14 days, the way you paid. Goods that were sent come back to us first.",
  "withdraw.mailed":
    "A receipt with the day and time is emailed to {email} at once. It has a link that shows the order and what you get back. There you confirm that the purchase is yours.",
  "withdraw.edit": "Change the details",
  "withdraw.statedText":
    "You have withdrawn from order {number} on {date} at {time}. That time counts, also if you finish the rest later, within 14 days.",
  "withdraw.statedNext":
    "A receipt is on its way to {email}. Open the link in it, see what you get back and confirm that the purchase is yours, and we refund within 14 days.",
  "withdraw.statedMissing":
    "No mail within a few minutes? Look in your spam folder, or write to {email}. What you have confirmed here stands all the same.",
  "withdraw.stated": "You withdrew from the purchase on {date} at {time}",
  "withdraw.statedConfirm": "Confirm here that the purchase is yours. The time above is the one that counts.",
  "withdraw.statedLong":
    "That is more than 14 days ago and was not confirmed, so we go through it by hand. Write to {email} if you have not heard from us.",
  "withdraw.mine": "Your purchases",
  "withdraw.mineNone": "None of your purchases can be withdrawn from right now.",
  "withdraw.guest": "A purchase without an account",
  "withdraw.chooseOrder": "Choose {number}",
  "withdraw.order": "Order {number}",
  "withdraw.ordered": "Bought {date}",
  "withdraw.untilDay": "You can withdraw until {date}",
  "withdraw.untilReceived": "You can withdraw until 14 days after you have received the item",
  "withdraw.tooLate": "You could withdraw until {date}",
  "withdraw.taken": "Already withdrawn",
  "withdraw.choose": "What do you want to withdraw from?",
  "withdraw.chooseError": "Choose what you want to withdraw from",
  "withdraw.continue": "Continue",
  "withdraw.nothing": "Nothing in the order can be withdrawn from",
  "withdraw.nothingText":
    "Is the item broken or wrong? Then your right to complain lasts three years. Write to {email}.",
  "withdraw.check": "Check and confirm",
  "withdraw.back": "Change what is chosen",
  "withdraw.refund": "You get back",
  "withdraw.to": "To",
  "withdraw.by": "No later than",
  "withdraw.sameMeans": "the way you paid",
  "withdraw.receiptTo": "Receipt to",
  "withdraw.used": "You asked us to start right away and pay for {days} of {ofDays} days.",
  "withdraw.ends": "The membership ends when you confirm. Nothing more will be charged.",
  "withdraw.notSent": "The goods have not left us. You do not need to send anything back.",
  "withdraw.sendBack":
    "Send the goods back to {to} within 14 days. The money follows when the goods are with us, or when you have shown that they were sent.",
  "withdraw.worn": "If you used an item more than it takes to try it, we may deduct what it is worth less.",
  "withdraw.review": "The payment is not complete or is disputed at the bank, so we look at it by hand.",
  "withdraw.confirm": "Confirm withdrawal",
  "withdraw.confirming": "Receiving …",
  "withdraw.received": "We received your withdrawal",
  "withdraw.receivedText": "Order {number}, {date} at {time}. A receipt has been emailed to {email}.",
  "withdraw.refundBy": "We will refund {sum} by {date}.",
  "withdraw.refundedText": "{sum} is on its way back. It usually takes 5 to 10 working days before the bank shows it.",
  "withdraw.reviewText": "We are looking at it and will get back to you by {date}.",
  "withdraw.goodsText":
    "Send the goods back to {to} within 14 days. We refund {sum} once the goods are with us, or when you have shown that they were sent.",
  "withdraw.lowered": "That is {sum} less than the whole sum. The reason: {reason}",
  "withdraw.paidByBank":
    "The bank has already refunded it, after the purchase was disputed there. Nothing more is refunded.",
  "withdraw.zero": "You have not paid anything, so nothing is refunded.",
  "withdraw.refusedLate": "The withdrawal period had ended, so nothing is refunded.",
  "withdraw.refusedReason": "Nothing is refunded: {reason}",
  "withdraw.toOrder": "View order",
  "withdraw.gone": "The order was not found",
  "withdraw.goneText":
    "The link is incomplete, or what it shows belongs to another account. You can withdraw with the order number.",
  "withdraw.goneAction": "Withdraw with the order number",
} as const satisfies Record<keyof typeof source, Message>;
