# security.txt 里给走错门的人的话。
security-txt-lead = 发现安全漏洞请联系以下方式。资产或账户出了问题？请不要写到这里，请打开 { $page }
