"""What each paper is called, and who receives it."""

from yui.security.soc.engine.duties.facts import DutyCode, Words

AUTHORITIES: dict[DutyCode, Words] = {
    DutyCode.EXECUTIVES: Words("区長・CISO", "Mayor and CISO"),
    DutyCode.PPC_PRELIMINARY: Words("個人情報保護委員会", "Personal Information Protection Commission"),
    DutyCode.PPC_FINAL: Words("個人情報保護委員会", "Personal Information Protection Commission"),
    DutyCode.PEOPLE_CONCERNED: Words("本人", "The people concerned"),
    DutyCode.NCO_FORM: Words(
        "個人情報保護委員会・警察など(同意すれば国家サイバー統括室にも共有)",
        "PPC, police and others (shared with the National Cybersecurity Office on consent)",
    ),
    DutyCode.TOKYO_AND_MIC: Words("東京都(都から総務省へ)", "Tokyo Metropolitan Government (and on to MIC)"),
    DutyCode.J_LIS: Words("地方公共団体情報システム機構(LGWAN)", "J-LIS (LGWAN)"),
    DutyCode.DIGITAL_AGENCY: Words("デジタル庁(ガバメントクラウド)", "Digital Agency (Government Cloud)"),
    DutyCode.POLICE: Words("警察", "Police"),
}

TITLES: dict[DutyCode, Words] = {
    DutyCode.EXECUTIVES: Words("区長・CISOへの報告", "Report to the mayor and the CISO"),
    DutyCode.PPC_PRELIMINARY: Words("漏えい等報告(速報)", "Leak report (preliminary)"),
    DutyCode.PPC_FINAL: Words("漏えい等報告(確報)", "Leak report (final)"),
    DutyCode.PEOPLE_CONCERNED: Words("本人への通知", "Notice to the people concerned"),
    DutyCode.NCO_FORM: Words("サイバー攻撃の共通様式", "Common form for cyber attacks"),
    DutyCode.TOKYO_AND_MIC: Words("都・総務省への報告", "Report to Tokyo and MIC"),
    DutyCode.J_LIS: Words("J-LISへの連絡", "Report to J-LIS"),
    DutyCode.DIGITAL_AGENCY: Words("デジタル庁への連絡", "Report to the Digital Agency"),
    DutyCode.POLICE: Words("警察への通報・相談", "Report to the police"),
}
