//! All words of the screens, in Chinese and in English. Labels of fields stand in `forms/`, sentences of rules in
//! `forms/rules/`, sentences of problems in `desk`.

/// The language of the screens. Papers are Chinese.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lang {
    /// 中文.
    #[default]
    Zh,
    /// English.
    En,
}

impl Lang {
    /// The other one.
    pub fn other(self) -> Self {
        match self {
            Self::Zh => Self::En,
            Self::En => Self::Zh,
        }
    }

    /// One of two texts; Chinese where the English one is missing.
    pub fn of<'a>(self, zh: &'a str, en: &'a str) -> &'a str {
        match self {
            Self::En if !en.is_empty() => en,
            _ => zh,
        }
    }
}

/// A word or a sentence in both languages; `{}` stands for what is filled in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    zh: &'static str,
    en: &'static str,
}

impl Word {
    /// From its Chinese and its English.
    pub(super) const fn new(zh: &'static str, en: &'static str) -> Self {
        Self { zh, en }
    }

    /// In a language.
    pub fn say(self, lang: Lang) -> &'static str {
        lang.of(self.zh, self.en)
    }

    /// In a language, with its places filled in order.
    pub fn fill(self, lang: Lang, values: &[&str]) -> String {
        let mut parts = self.say(lang).split("{}");
        let mut text = parts.next().unwrap_or_default().to_owned();
        for (at, part) in parts.enumerate() {
            text.push_str(values.get(at).copied().unwrap_or_default());
            text.push_str(part);
        }
        text
    }
}

/// Names words, and lists them all for the test.
macro_rules! words {
    ($($name:ident = $zh:literal, $en:literal;)*) => {
        $(pub const $name: Word = Word { zh: $zh, en: $en };)*
        /// Every word by name.
        #[cfg(test)]
        const ALL: &[(&str, Word)] = &[$((stringify!($name), $name)),*];
    };
}

words! {
    // Keys and what stands everywhere.
    HELP = "帮助", "Help";
    GO_ON = "下一步", "Go on";
    FIND = "查找", "Find";
    LIST = "列表", "List";
    SAME = "同上", "Same";
    PARK = "挂起", "Park";
    BACK = "上一步", "Back";
    REFUSE = "不予", "Refuse";
    PRINT = "打印", "Print";
    COMMANDS = "命令", "Commands";
    WALK = "逐条", "Walk";
    LANGUAGE = "English", "中文";
    OVERRIDE = "更正", "Correct";
    SPOIL = "作废", "Spoil";
    UP = "退回", "Up";
    LEAVE = "退出", "Leave";
    KEY_TWINS = "每个功能键都可以用 Ctrl 键代替，如终端占用了 F1、F10、F11。",
        "Every function key has a Ctrl twin, where a terminal takes F1, F10 or F11 for itself.";
    KEY_ENTER = "接受这一栏，到下一个还要填的栏", "accept, and go to the next field that still needs something";
    KEY_FULL = "号码、代码填满后自动到下一栏，紧跟着按的回车不算；数字没有打完会连同后面的留在原栏，按回车接受",
        "a full number or code goes on by itself, an Enter right behind it does nothing; a longer run of digits stays in its field until Enter";
    KEY_LOCK = "久不按键会锁屏，输入密码继续，正在填的内容都在", "without a key for long the screen locks; the password opens it, what was being typed is there";
    KEY_EMPTY = "清空光标前的内容", "empties the field before the caret";
    KEY_TAB = "下一栏；Shift-Tab 上一栏", "next field; Shift-Tab goes back";
    KEY_CODE_POINT = "生僻字：输入 U+ 和码位再按空格，如 U+20BB7", "rare characters: type U+ and the number, then Space, as U+20BB7";
    KEY_SIGNS = "空栏里第一个键：= 同另一方，+ 本所常用值", "first key in an empty field: = as the other party, + what is usual here";
    TRAINING = "练习", "TRAINING";
    UNCONFIRMED = "未确认 {}", "unconfirmed {}";
    TOO_SMALL = "窗口太小，请放大到 40x10 以上；现在按键都不算", "Too small: 40x10 at least. Keys do nothing now";
    DESK = "{}号窗口", "desk {}";
    WAIT = "请稍候", "One moment";
    EARLY = "问题还没有显示时按的键不算，请看清后再按", "Keys pressed before the question was shown do not count";
    NOT_HERE = "这里不能用 {}", "{} does nothing here";
    DROPPED = "去掉了 {} 个看不见的字符", "{} invisible characters were dropped";
    ENDED_BADLY = "程序内部出错，这一步没有写入，已写入的都在", "A mistake of this program; this step wrote nothing, all else is safe";
    TRY_AGAIN = "请再试一次；还不行请告诉管理员", "Try again; if it stays so, tell the administrator";

    // Sign-in and lock.
    SIGN_IN = "登录", "Sign in";
    NAME = "工号", "Account";
    PASSWORD = "密码", "Password";
    SIGN_IN_HELP = "输入工号和密码，回车登录。连错五次锁十五分钟。", "Type account and password, then Enter. Five failures lock the account for 15 minutes.";
    LOCKED = "已锁屏", "Locked";
    LOCKED_HELP = "{}，请输入密码继续；正在填的内容都在", "{}, type your password to go on; what you were typing is kept";
    SIGN_OUT = "退出登录？", "Sign out?";
    SIGN_OUT_HELP = "回车退出，Esc 留下。草稿已经存好，下次登录可以接着办。", "Enter signs out, Esc stays. Drafts are saved and offered at the next sign-in.";

    // Home.
    HOME = "首页", "Home";
    BUSINESS = "业务", "Business";
    MARRIAGE = "结婚登记", "Marriage registration";
    TODAY_REGISTERED = "今日 {} 对", "{} today";
    TODAY_RECORDED = "待并网 {}", "{} recorded";
    TODAY_REFUSED = "不予 {}", "{} refused";
    WAITING = "等我处理", "Waiting";
    NOTHING_WAITS = "没有等待处理的事", "Nothing waits";
    DRAFT = "草稿", "draft";
    STOPPED_AT = "停在“{}”", "at {}";
    ACCEPTED = "已受理", "accepted";
    PENDING_PRINT = "打印结果不明", "print outcome unknown";
    BLANKS = "结婚证余 {} 本", "{} marriage blanks left";
    HOME_HELP = "按数字办业务，按字母接着办。", "A digit starts a business, a letter goes on with what waits.";
    NO_FORM = "表格“{}”今天不能用（文件有错或不在有效期），请管理员运行 guitai forms check", "The form {} cannot be used today; ask the administrator to run guitai forms check";

    // Forms.
    STEP_ENTER = "录入", "Enter";
    STEP_CHECK = "审查", "Check";
    STEP_DONE = "发证", "Done";
    SAVED = "已存", "saved";
    UNSAVED = "未存", "not saved";
    NO_FINDINGS = "没有发现问题", "No findings";
    OPEN_POINTS = "还差 {} 项", "{} points open";
    NO_LIST = "这一栏没有列表", "This field has no list";
    NO_MATCH = "没有匹配的", "No match";
    NOTHING_SAME = "没有可以照抄的", "Nothing to copy";
    NEVER_COPIED = "声明、同意和核查结果必须由人逐次填写，不能照抄", "Declarations, consents and check results are never copied";
    DERIVED = "由证件号码得出；要更正按 {}", "Derived from the ID number; {} corrects it";
    CARD_TAKEN = "已读入{}的证件", "The card filled {}";
    CARD_ELSEWHERE = "{}已有另一个证件号码，读卡内容没有填入。要换人，先在{}的证件号码栏按 ^U 清空，再读一次",
        "{} has another number already; the card was not taken. To change the person, clear the number of {} with ^U and read it again";
    CARD_UNREADABLE = "这张卡读不出：读到的内容里没有正确的身份证号码，什么都没有填入。请再读一次，或手工录入",
        "This card could not be read: there is no good ID number in what came; nothing was filled in. Read it again, or type";
    ALL_FILLED = "没有还要填的了，按 F2 审查", "Nothing more is needed: F2 goes on to the check";
    FILLED_BUT_WRONG = "都填了，还有 {} 处不对：按 F11 逐条看", "All is filled in, {} still wrong: F11 goes from one to the next";
    FILLED_BUT_REFUSED = "都填了，有 {} 条规定不允许登记：按 F11 逐条看，不予办理按 F8", "All is filled in, the law says no on {} points: F11 shows them, F8 refuses";
    FILLED_TO_CONFIRM = "都填了，还有 {} 条要写明原因：按 F2 审查，选中后按回车", "All is filled in, {} to be confirmed with a reason: F2, then Enter on each";
    CONFIRM_HERE = "要写明原因：在这一栏按回车，或按 F2 审查后选中这一条按回车。", "Say why: Enter in this field, or F2 and then Enter on this line.";
    WRONG_ELSEWHERE = "别的栏还有 {} 处不对，按 {} 逐条看", "{} more wrong in other fields: {} goes there";
    PARKED = "已挂起，首页按字母接着办", "Parked; a letter on the home screen goes on";
    DISCARD = "丢弃草稿", "Discard";
    DISCARD_HELP = "y 丢弃这份草稿，填好的都不再保留；n 留着", "y discards this draft and all that was filled in; n keeps it";
    YEARS = "{}岁", "{} y";

    // Small questions.
    FILL_IN = "请填写“{}”", "Fill in: {}";
    OVERRIDE_UNREADABLE = "“{}”不是{}能用的值，没有更正", "{} is no value for {}; nothing was corrected";
    GROUNDS = "告知书上将写明不予办理的理由：", "These grounds will stand on the paper:";
    CHOOSE_HELP = "数字或拼音首字母筛选，回车选定", "digits or pinyin initials narrow, Enter takes";
    REASON = "原因", "Reason";
    CONFIRM_TITLE = "需要人确认", "To be confirmed by a person";
    CONFIRM_HELP = "写明确认的原因，会记入档案；Esc 不确认", "Say why; it is kept with the case. Esc does not confirm";
    SECOND_TITLE = "请第二人复核并登录", "A second person looks and signs in";
    SECOND_NAME = "复核人账号", "Second person";
    OVERRIDE_TITLE = "更正：{}", "Correct: {}";
    OVERRIDE_VALUE = "改为", "To";
    OVERRIDE_HELP = "先填改后的值，再填原因；两样都会记入档案。值留空则恢复由证件得出的值", "First the value, then the reason; both are kept. An empty value goes back to the derived one";
    REGISTER_TITLE = "登记：核对证件号码", "Register: prove the ID number";
    ACCEPT_TITLE = "受理：核对证件号码", "Accept: prove the ID number";
    REFUSE_TITLE = "不予办理：核对证件号码", "Refuse: prove the ID number";
    LAST_FOUR = "请输入{}证件号码的末四位", "Type the last four characters of the ID number of {}";
    NO_ID = "还没有证件号码", "There is no ID number yet";
    NOT_THOSE = "不是这四位", "Not those four";
    COMMAND_TITLE = "命令", "Commands";

    // Check and done.
    ON_PAPER = "核对", "To compare";
    CONFIRMED = "已确认：{}", "confirmed: {}";
    REGISTER = "登记", "Register";
    ACCEPT = "受理", "Accept";
    CHECK_HELP = "上下键逐条看，回车到那一栏改或确认；全部处理后 F2 登记。", "Up and Down walk, Enter goes to the field or confirms; then F2 registers.";
    MAY_NOT_REFUSE = "不予办理由登记员决定", "Refusing is for a registrar";
    GROUND_TITLE = "不予办理的理由", "Ground to refuse";
    DONE_REGISTERED = "已登记", "Registered";
    DONE_RECORDED = "已记录，待并网取号", "Recorded, waiting for the province's number";
    DONE_REFUSED = "已按不予办理结案", "Closed as refused";
    DONE_ACCEPTED = "已受理，等登记员审查", "Accepted; a registrar goes on";
    CASE = "业务号", "Case";
    NUMBER = "字号", "Number";
    PAPERS = "文书", "Papers";
    OVERLAY = "套打空白证", "on a blank";
    PLAIN_PAPER = "普通纸", "plain paper";
    NOT_PRINTED = "未打印", "not printed";
    PRINTING = "正在打印", "printing";
    PRINTED = "已打印", "printed";
    PRINT_FAILED = "没有打印", "not printed";
    DONE_HELP = "F9 打印全部未打印的，回车打印这一份；Esc 回首页。", "F9 prints all that were not, Enter this one; Esc goes home.";
    PRINT_COMMAND_FAILED = "打印程序 {} 没有打印（{}）；文件已做好，请检查打印机后再按 F9", "The print program {} did not print ({}); the file is made: look at the printer and press F9 again";
    ALL_PRINTED = "都打过了；要再打一份，选中后按回车", "All were printed; Enter makes one more copy of the chosen one";
    WRITTEN_SOME = "已写出 {} 份 PDF：{}", "{} PDF written: {}";
    SENT_SOME = "已送打印机 {} 份，文件：{}", "{} sent to the printer, files: {}";
    CAME_OUT = "打印机出纸了吗？", "Did the printer bring them out?";
    ALL_CAME_OUT = "都打出来了", "all of them came out";
    NONE_CAME_OUT = "没有打出来，要再打", "nothing came out, print again";
    ALL_BUT_ONE = "只有 {} 没有打出来", "all but {}";
    WRITTEN = "已写出 PDF", "PDF written";
    SENT = "已送打印机", "at the printer";
    ONE_MORE = "再打一份", "One more copy";
    ONE_MORE_HELP = "这份已经打印过，再打一份要写原因；纸上注明副本。", "It was printed before; one more copy needs a reason and says that it is a copy.";
    PAGE_AGAIN_HELP = "先把印制号 {} 的那一本放进打印机，再写原因。证本已打坏的，不要再打这一页：退回后按 ^Y 换证。",
        "Put booklet {} into the printer, then say why. A booklet that is spoiled is replaced instead: Esc, then ^Y.";
    PAGE_AGAIN_DONE_HELP = "先把印制号 {} 的那一本放进打印机，再写原因。证本已打坏的，不要再打这一页：用 F3 打开这件业务，按 ^Y 换证。",
        "Put booklet {} into the printer, then say why. A booklet that is spoiled is replaced instead: F3, the case, ^Y.";
    PAGE_GONE = "{} 已不是现行的证页，不能再套打", "{}: this page does not hold any more and is not set on a booklet";
    REPLACED_HELP = "这份已被后来的一份替换，只能作存档副本打印，纸上注明“已被替换”。写明原因。", "A later one took its place: only an archive copy is printed, and says so. Give the reason.";
    VOID_HELP = "这份已作废，只能作存档副本打印，纸上注明“作废”。写明原因。", "It is void: only an archive copy is printed, and says so. Give the reason.";
    PAPER_REPLACED = "已被替换", "replaced";
    PAPER_VOID = "已作废", "void";
    OVERLAY_ON = "套打 {}", "on {}";
    WHOLE_PAGE = "样张全图", "whole page";
    SPOIL_TITLE = "作废空白证：{}", "Spoil a blank: {}";
    SPOIL_HELP = "写明作废原因；另取一本，字号不变", "Say why; another blank is taken, the number stays";
    REPLACED = "已换用 {}，请重新打印", "Replaced by {}; print again";
    PRINT_ASK = "{} 打印出来了吗？", "Did {} come out?";
    // Bills of a waiver.
    WAIVER = "惠民减免结算", "Fee waiver";
    DONE_SETTLED = "已结算", "Settled";
    TODAY_SETTLED = "今日 {} 件", "{} settled";
    YES = "是", "yes";
    NO = "否", "no";
    BILL_DECEASED = "逝者", "Deceased";
    BILL_ID = "证件号码", "ID number";
    BILL_DEATH = "死亡日期", "Died";
    BILL_CREMATION = "火化日期", "Cremated";
    BILL_APPLICANT = "经办人", "Applicant";
    BILL_RELATION = "关系", "Relation";
    BILL_PHONE = "电话", "Phone";
    BILL_OFFSITE = "异地殡仪馆", "Hall elsewhere";
    BILL_CLASSES = "对象", "Classes";
    BILL_EVIDENCE = "材料", "Papers";
    BILL_POLICY = "政策", "Policy";
    BILL_ITEM = "项目", "Item";
    BILL_QUANTITY = "数量", "Quantity";
    BILL_UNIT = "单位", "Unit";
    BILL_PRICE = "单价", "Price";
    BILL_LISTED = "应收", "Listed";
    BILL_FREE = "减免", "Free";
    BILL_FAMILY = "自付", "Family";
    BILL_KM = "公里", "km";
    BILL_FLOORS = "楼层", "floors";
    BILL_ZONE = "区", "zone";
    BILL_GRADE = "档次", "grade";
    BILL_COST = "进价", "cost";
    BILL_TOTAL = "合计  应收 {}  减免 {}  自付 {}", "Total  listed {}  free {}  family {}";
    BILL_SETTLE = "结算", "Settle";
    BILL_SETTLE_TITLE = "结算：家属付 {} 元，减免 {} 元", "Settle: the family pays {}, free {}";
    BILL_ALONE = "不减免，按《{}》", "Nothing free, by \"{}\"";
    BILL_BIRTH = "出生日期", "Born";
    BILL_NO_BIRTH = "不是日期：八位 19490307", "No date: eight digits, 19490307";
    BILL_BIRTH_HELP = "没有证件号码的写出生日期，八位年月日；不知道的回车跳过。", "Without an ID number: eight digits of the birth; Enter passes what is not known.";
    BILL_ACCOUNT_NAME = "收款户名", "Account name";
    BILL_ACCOUNT_BANK = "开户银行", "Bank";
    BILL_ACCOUNT_NO = "账号", "Account";
    BILL_CHOOSE = "择一", "Choose one";
    BILL_TAKE = "任选{}项", "Choose {}";
    BILL_PROOF = "请输入逝者证件号码的末四位", "Type the last four characters of the ID number of the deceased";
    BILL_PROOF_DAY = "逝者没有证件号码。请输入死亡日期的月日四位", "The deceased has no ID number: type month and day of the death, four digits";
    BILL_CELL_HELP = "填好回车；数量空着就是 1。退格回到选项目。", "Enter goes on; an empty quantity is 1. Backspace picks another item.";
    BILL_TIME_HELP = "数量可以写起止时间 11201500-11220900（月日时分），空着是 1。", "The quantity may be two times, 11201500-11220900 (month day hour minute).";
    BILL_NO_TIMES = "应是起止时间，如 11201500-11220900，止在起之后", "Two times, as 11201500-11220900, the second later";
    BILL_AGENT_ID = "经办人证件", "Applicant's ID";
    BILL_WALL = "价目公示", "Price list";
    BILL_NO_LIST = "还没有选定收费目录", "No price list is chosen yet";
    BILL_HEAD = "逝者栏", "Deceased";
    BILL_REJECT = "剔除", "Reject line";
    BILL_REJECT_HELP = "写明不予报销的原因；留空则恢复这一行", "Say why this line is not paid; empty takes it back in";
    BILL_OVERRIDE = "审批改动", "Override";
    BILL_OVERRIDE_HELP = "改这一行的减免（元），写明原因，由负责人登录批准；经办人自己不能批",
        "What is free of this line (yuan) and why; a supervisor signs in to approve, never the one who entered it";
    BILL_APPROVER = "负责人工号", "Supervisor";
    BILL_NO_REFUSAL = "政策没有说不予减免", "The policy does not say no";
    BILL_NO_DAY = "不是日期：四位 1120 或八位 20261120", "No date: four digits 1120 or eight 20261120";
    BILL_NO_NUMBER = "应是整数", "Must be a whole number";
    BILL_NO_AREA = "应是六位区划代码", "Must be a six-digit area code";
    BILL_NO_FLAG = "按 1 是，0 否", "1 is yes, 0 is no";
    BILL_NO_QUANTITY = "数量应大于零，最多三位小数", "The quantity must be above zero, at most three decimals";
    BILL_NO_PRICE = "不是金额，如 680 或 680.50", "No amount, as 680 or 680.50";
    BILL_END = "没有要加的项目了就按 F2 结算", "Nothing more to add: F2 settles";
    BILL_HEAD_HELP = "读卡或输入，回车到还要填的下一栏；F4 换政策；先读逝者的证件，再读经办人的。", "Read a card or type; Enter goes to the next field that needs something; F4 changes the policy.";
    BILL_LIST_HELP = "按数字选上或取消，回车往下。材料须亲眼看过才选。", "Digits turn a line on or off, Enter goes on. Mark a paper only when you saw it.";
    BILL_DAY_HELP = "四位月日（1120）或八位年月日，填满自动往下。", "Four digits of month and day, or eight with the year; goes on when full.";
    BILL_FLAG_HELP = "按 1 是，0 否；不知道就留空，不当作“否”。", "1 is yes, 0 is no; what is not known stays empty.";
    BILL_AREA_HELP = "六位区划代码；本县按 +。", "Six digits of the area; + for this county.";
    BILL_ROW_HELP = "回车改这一行，- 删除，+ 加一行；减免的理由在上面。", "Enter changes the line, - removes it, + adds one; the reasons stand above.";
    BILL_ENTRY_HELP = "数字、拼音首字母或代码选项目；数量空着是 1。上键看理由，F2 结算。", "A digit, pinyin initials or a code picks the item; an empty quantity is 1. Up shows why, F2 settles.";
    FOLLOW = "补差", "Follow";
    FOLLOW_HELP = "写明补减或追回的原因；原来的内容照抄过来，改好后结算的是差额", "Say why; the answers are copied, what is settled is the difference";
    VOID_SETTLEMENT = "作废结算", "Void settlement";
    VOID_SETTLEMENT_HELP = "写明作废的原因；作废后可以重新结算", "Say why; after that it can be settled anew";
    SETTLEMENT_VOID = "已作废", "voided";
    // Places that are no forms.
    NOT_YOURS = "这个岗位不能用", "not for this role";
    OPEN = "打开", "Open";
    FIND_AGAIN = "另找", "Find again";
    FIND_HELP = "姓名、拼音、首字母、证件号码或末几位（可加在名字后，如 张 0017）、证书号、业务号都可以；也可以刷证件。回车查找，每次查找都有记录。",
        "A name, pinyin, initials, an ID number or its end (behind a name too: 张 0017), a certificate or case number; or read a card. Enter finds; every search is recorded.";
    FOUND_HELP = "数字、首字母或拼音选行，回车打开；Tab 回到查找框。", "Digits, initials or pinyin choose a line, Enter opens it; Tab goes back to the box.";
    FOUND_COUNT = "{} 件", "{} found";
    FOUND_MORE = "先显示 {} 件，还有更多，请再缩小", "the first {}, there are more; say more";
    FOUND_NONE = "没有找到。可以换拼音、首字母或证件号码末几位再试。", "Nothing found. Try pinyin, initials or the end of the ID number.";
    NOTHING_CHOSEN = "没有选中的行", "no line is chosen";
    NARROWED = "选行", "choose";
    ARCHIVE_ONLY = "这是迁入的档案，只有这一行，没有本处的业务可看", "This came with the archive: there is this line and no case of ours";
    FOUND_FIRST = "男/逝者", "First";
    FOUND_SECOND = "女/申请人", "Second";
    FOUND_DAY = "登记日期", "Registered";
    FOUND_STATE = "状态", "State";
    PROVINCE = "省系统", "Province";
    CASE_VALUES = "内容", "Values";
    CASE_STEPS = "经过", "Steps";
    CASE_FINDINGS = "问题", "Findings";
    CASE_HISTORY = "历史", "History";
    CASE_BILLS = "结算", "Bills";
    LISTED = "应收", "listed";
    FREE = "减免", "free";
    FAMILY = "自付", "family";
    AWARDED = "发给家属 {}", "given to the family {}";
    CASE_DAY = "业务日 {}", "day {}";
    CASE_HELP = "数字看各部分，上下键逐行。", "Digits show the parts, Up and Down walk the lines.";
    CASE_PAPERS_HELP = "回车打印这一份，其他部分按 F9 选文书。", "Enter prints this paper; elsewhere F9 lists them.";
    PUT_RIGHT = "（已更正：{}）", "(put right: {})";
    CONFIRMED_BY = "{} 确认：{}", "confirmed by {}: {}";
    COPIES = "{} 份，最后一份{}", "{} copies, the last {}";
    SERIALS = "印制号", "serials";
    NOTHING_HERE = "没有", "Nothing";
    UNMASK = "看全号", "Whole IDs";
    UNMASK_HELP = "写明查看完整证件号码的事由；谁、何时、为什么都会记入审计。", "Say why the whole ID numbers must be seen; who, when and why are kept.";
    UNMASKED = "正在显示完整证件号码", "whole ID numbers shown";
    UNMASKED_ALREADY = "已经显示完整号码", "they are shown already";
    NO_PAPERS = "没有文书", "no papers";
    NO_BLANKS = "证上没有空白证印制号", "no blank under the certificate";
    WHICH_PAPER = "打印哪一份", "Which paper";
    WHICH_BLANK = "换哪一本", "Which booklet";
    REPLACE_BLANK = "换证", "Replace blank";
    OWN_PASSWORD = "本人密码", "Own password";
    PASSWORD_OLD = "现在的密码", "Password now";
    PASSWORD_NEW = "新密码", "New password";
    PASSWORD_AGAIN = "再输一遍", "Once more";
    PASSWORD_HELP = "新密码至少 8 位，含字母、数字、符号中的两种。回车到下一行，最后一行回车改好。",
        "At least 8 characters, two of letters, digits, signs. Enter goes to the next line; behind the last one it changes the password.";
    PASSWORD_CHANGED = "密码已改，下次登录用新密码", "The password is changed; the new one counts from the next sign-in";
    PASSWORDS_DIFFER = "两遍新密码不一样，请重新输入", "The two new passwords differ; type them again";
    STOCK = "库存", "Blanks";
    STOCK_HELP = "今天的空白证：昨余 + 领入 - 用去 - 作废 = 现余。已用在证上的印制号作废请在业务里换证。",
        "Today's blanks: opening + received - used - spoiled = closing. A blank under a certificate is replaced in its case.";
    RECEIVE = "领入", "Receive";
    RECEIVE_HELP = "种类：1 结婚证，2 离婚证。印制号首尾都含。", "Kind: 1 marriage, 2 divorce. Both the first and the last serial count.";
    GIVE = "发给窗口", "Give to desk";
    GIVE_HELP = "把库房里的一段发给一个窗口，首尾都含。", "A range in the store room goes to a desk, first and last included.";
    SPOIL_BLANK_HELP = "没有用过的空白证作废，写明原因，不能恢复。", "An unused blank is spoiled, with the reason; there is no way back.";
    OPEN_BLOCK = "启用号段", "Open block";
    OPEN_BLOCK_HELP = "省里下达的证书字号段，首尾同一年、同一种；写明依据。", "A block of certificate numbers that the province assigned: one year, one kind; say on what ground.";
    BLANK_KIND = "种类", "Kind";
    FIRST_SERIAL = "起始印制号", "First serial";
    LAST_SERIAL = "末尾印制号", "Last serial";
    SERIAL = "印制号", "Serial";
    FIRST_NUMBER = "起始字号", "First number";
    LAST_NUMBER = "末尾字号", "Last number";
    BLANK_SOURCE = "来源", "From whom";
    TO_DESK = "窗口", "Desk";
    OPENING = "昨余", "opening";
    RECEIVED = "领入", "in";
    USED = "用去", "used";
    SPOILED = "作废", "spoiled";
    WITHDRAWN = "换下", "recalled";
    CLOSING = "现余", "closing";
    NO_STOCK = "没有登记过空白证", "No blanks were ever received";
    WHERE_BLANKS = "在哪里", "Where they are";
    STORE_ROOM = "库房", "store room";
    BOOKLETS = "{} 本", "{}";
    FROM_SERIAL = "自 {} 起", "from {}";
    MOVED = "已记 {} 本", "{} blanks booked";
    DONE = "已办好", "Done";
    SETTINGS = "设置", "Settings";
    CHANGE_SETTING = "改这一项", "Change this one";
    SETTINGS_HELP = "回车改这一项；改动记入日志，别的窗口重新打开界面后按新的办。",
        "Enter changes this one; the change is audited, other desks take it up when their screens are opened anew.";
    SETTING_HELP = "可填：{}。没有设过的按 {}。", "May be: {}. Where nobody set it: {}.";
    SETTING_VALUE = "值", "Value";
    SETTING_EMPTY = "（空）", "(empty)";
    ACCOUNTS = "账号", "Accounts";
    ACCOUNTS_HELP = "打字筛选，回车选要办的事：岗位、资格、密码、停用。账号不删除；重设密码也解锁。",
        "Type to narrow, Enter chooses what to do: roles, licence, password, disabling. Accounts are never deleted; a new password also unlocks.";
    NEW_ACCOUNT = "新账号", "New account";
    ACCOUNT_ACTS = "办理", "Change";
    PERSON = "姓名", "Person";
    ROLES = "岗位", "Roles";
    ROLES_HELP = "岗位填数字，可以几个：{}", "Roles by digits, more than one can be: {}";
    NO_ROLES = "“{}”里有不认识的岗位。{}", "{} is not all roles. {}";
    LICENCE = "资格到期", "Licence until";
    LICENCE_HELP = "登记员资格到哪天为止，如 2028-03-31；留空则没有资格", "Until when the registrar's licence holds, as 2028-03-31; empty for none";
    NO_DATE = "“{}”不是日期，请写如 2028-03-31", "{} is no date; type it as 2028-03-31";
    NEW_PASSWORD = "重设密码", "New password";
    NEW_PASSWORD_HELP = "给本人一个新密码，请本人登录后自己改掉；账号同时解锁", "A new password for this person, who should change it at once; the account is unlocked too";
    DISABLE = "停用", "Disable";
    DISABLE_HELP = "停用后不能登录，记录都在；回车停用，Esc 不停用", "It cannot sign in then, its records stay. Enter disables, Esc does not";
    ENABLE = "恢复", "Enable";
    ENABLE_HELP = "恢复后可以登录；回车恢复，Esc 不恢复", "It can sign in again. Enter enables, Esc does not";
    DISABLED = "停用", "disabled";
    LOCKED_OUT = "锁定", "locked";
    IN_ORDER = "正常", "in order";
    DAY = "日结", "Day";
    DAY_SHEET = "日结单", "Day sheet";
    DAY_BEFORE = "前一天", "Day before";
    DAY_AFTER = "后一天", "Day after";
    GO_TO_DAY = "日期", "Date";
    GO_TO_DAY_HELP = "哪一天，如 2026-11-24 或 261124", "Which day, as 2026-11-24 or 261124";
    PAYMENTS = "发放表", "Payments";
    PAYMENTS_HELP = "哪一段日子要发的钱：起 2026-11-01、止 2026-11-24；打印后送财政或银行", "For which days: from 2026-11-01, until 2026-11-24";
    PAYMENTS_FROM = "起", "From";
    PAYMENTS_TO = "止", "Until";
    NO_SUCH_DAY = "没有这一天，或还没有到", "There is no such day, or it has not come yet";
    DAY_HELP = "左右键换日期，上下键逐行。F9 生成并打印日结单，单上印着审计链末条，签字归档。",
        "Left and Right change the day, Up and Down walk. F9 makes and prints the day sheet; the end of the audit chain stands on it.";
    DAY_ACTS = "办理", "Done";
    DAY_REFUSED = "不予办理的依据", "Refused on the ground of";
    DAY_BLANKS = "空白证", "Blanks";
    DAY_NUMBERS = "用号", "Numbers used";
    DAY_WAIVED = "减免", "Waived";
    DAY_BY_ACTOR = "分窗口和人", "By desk and person";
    DAY_RECORD = "记录", "Record";
    DAY_UNCONFIRMED = "省系统未确认（件，含以前各天）", "unconfirmed by the province, all days";
    DAY_AUDIT = "审计链末条", "last entry of the audit chain";
    BALANCE = "昨余 {} + 领入 {} - 用去 {} - 作废 {} = 现余 {}", "opening {} + in {} - used {} - spoiled {} = closing {}";
    PRINT_ASK_HELP = "y 已经出纸，n 没有出纸；Esc 以后再答", "y it came out, n it did not; Esc answers later";
}

/// Headings of what was found.
pub const FOUND_HEAD: [Word; 6] = [NUMBER, FOUND_FIRST, FOUND_SECOND, FOUND_DAY, FOUND_STATE, PROVINCE];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_stands_in_both_languages_with_the_same_places() {
        for (name, word) in ALL {
            assert!(!word.zh.is_empty() && !word.en.is_empty(), "{name}");
            let places = |text: &str| text.matches("{}").count();
            assert_eq!(places(word.zh), places(word.en), "{name}");
        }
    }

    #[test]
    fn places_are_filled_in_order() {
        assert_eq!(STOPPED_AT.fill(Lang::Zh, &["民族"]), "停在“民族”");
        assert_eq!(
            LOCKED_HELP.fill(Lang::En, &[]),
            ", type your password to go on; what you were typing is kept"
        );
    }
}
