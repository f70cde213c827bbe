# 各种问题的名称。
problem-bad-request = 无法读取此请求
problem-unauthorized = 请先登录
problem-forbidden = 没有权限
problem-not-found = 此处没有内容
problem-method-not-allowed = 此处不支持该操作
problem-too-slow = 请求传输过慢
problem-conflict = 与当前状态冲突
problem-too-large = 内容过大
problem-url-too-long = 网址过长
problem-unsupported-media-type = 不支持的格式
problem-unprocessable = 请求内容有误
problem-too-many-requests = 请求过于频繁
problem-headers-too-large = 请求头过大
problem-internal = 我们这边出了问题
problem-unavailable = 暂时无法使用
